// Asks the application what its arguments say, all in one conversation, and succeeds when it answers.
//   off on user info error binary   one message each; "user" is the echo-on prompt that PAM_USER_PROMPT names
//   many                            33 texts, one more than a conversation may have
//   then=…                          the same kinds, in a second conversation
//   length=N                        the password has to have N bytes
//   deaf                            succeeds even when the application doesn't answer
#include <security/pam_modules.h>
#include <stdlib.h>
#include <string.h>

static struct pam_message message(const char *kind) {
  static const char login[] = "Who are you? ";
  if (strcmp(kind, "off") == 0) return (struct pam_message){PAM_PROMPT_ECHO_OFF, "Password: "};
  if (strcmp(kind, "user") == 0) return (struct pam_message){PAM_PROMPT_ECHO_ON, login};
  if (strcmp(kind, "on") == 0) return (struct pam_message){PAM_PROMPT_ECHO_ON, "Your mother's name: "};
  if (strcmp(kind, "error") == 0) return (struct pam_message){PAM_ERROR_MSG, "Nothing works."};
  if (strcmp(kind, "binary") == 0) return (struct pam_message){PAM_BINARY_PROMPT, "\0\0\0\6\1x"};
  return (struct pam_message){PAM_TEXT_INFO, "It is raining."};
}

static size_t wanted_length;

static int ask(pam_handle_t *handle, const struct pam_message *const *messages, int count) {
  const struct pam_conv *conversation;
  struct pam_response *responses = NULL;
  if (pam_get_item(handle, PAM_CONV, (const void **)&conversation) != PAM_SUCCESS) return PAM_SYSTEM_ERR;
  int result = conversation->conv(count, (const struct pam_message **)messages, &responses, conversation->appdata_ptr);
  if (result != PAM_SUCCESS) return responses ? PAM_ABORT : PAM_CONV_ERR;
  for (int index = 0; index < count; index++) {
    int style = messages[index]->msg_style;
    int prompt = style == PAM_PROMPT_ECHO_ON || style == PAM_PROMPT_ECHO_OFF;
    if (prompt != (responses[index].resp != NULL)) result = PAM_ABORT;
    if (responses[index].resp) {
      const char *user;
      if (style == PAM_PROMPT_ECHO_ON &&
          (pam_get_item(handle, PAM_USER, (const void **)&user) != PAM_SUCCESS || strcmp(user, responses[index].resp) != 0))
        result = PAM_ABORT;
      if (style == PAM_PROMPT_ECHO_OFF && wanted_length > 0 && strlen(responses[index].resp) != wanted_length)
        result = PAM_ABORT;
      explicit_bzero(responses[index].resp, strlen(responses[index].resp));
    }
    free(responses[index].resp);
  }
  free(responses);
  return result;
}

enum { most = 33 };

int pam_sm_authenticate(pam_handle_t *handle, int flags, int count, const char **arguments) {
  struct pam_message texts[2][most];
  const struct pam_message *messages[2][most];
  int filled[2] = {0, 0}, deaf = 0;
  pam_set_item(handle, PAM_USER_PROMPT, "Who are you? ");
  wanted_length = 0;
  for (int index = 0; index < count; index++) {
    int round = strncmp(arguments[index], "then=", 5) == 0;
    const char *kind = arguments[index] + (round ? 5 : 0);
    if (strcmp(kind, "deaf") == 0) {
      deaf = 1;
      continue;
    }
    if (strncmp(kind, "length=", 7) == 0) {
      wanted_length = strtoul(kind + 7, NULL, 10);
      continue;
    }
    int times = strcmp(kind, "many") == 0 ? most : 1;
    while (times-- > 0 && filled[round] < most) {
      texts[round][filled[round]] = message(kind);
      messages[round][filled[round]] = &texts[round][filled[round]];
      filled[round]++;
    }
  }
  int result = ask(handle, messages[0], filled[0]);
  if (result == PAM_SUCCESS && filled[1] > 0) result = ask(handle, messages[1], filled[1]);
  return deaf ? PAM_SUCCESS : result;
}

int pam_sm_setcred(pam_handle_t *handle, int flags, int count, const char **arguments) { return PAM_SUCCESS; }
