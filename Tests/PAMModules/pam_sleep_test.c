// A PAM module for tests that keeps one login waiting, as one does whose server has gone silent.
//
//     auth optional /…/pam_sleep_test.so login=NAME seconds=N mark=FILE
//
// For any other login it has no opinion. While it sleeps, FILE holds the pid that waits.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_modules.h>

static const char *option(int argc, const char **argv, const char *name) {
    size_t length = strlen(name);
    for (int i = 0; i < argc; i++)
        if (strncmp(argv[i], name, length) == 0 && argv[i][length] == '=') return argv[i] + length + 1;
    return "";
}

int pam_sm_authenticate(pam_handle_t *pam, int flags, int argc, const char **argv) {
    (void)flags;
    const char *login = NULL;
    if (pam_get_user(pam, &login, NULL) != PAM_SUCCESS) return PAM_SERVICE_ERR;
    if (strcmp(login, option(argc, argv, "login")) != 0) return PAM_IGNORE;
    int mark = open(option(argc, argv, "mark"), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
    if (mark < 0 || dprintf(mark, "%d\n", (int)getpid()) < 0) return PAM_SERVICE_ERR;
    close(mark);
    sleep((unsigned)atoi(option(argc, argv, "seconds")));
    return PAM_IGNORE;
}

int pam_sm_setcred(pam_handle_t *pam, int flags, int argc, const char **argv) {
    (void)pam, (void)flags, (void)argc, (void)argv;
    return PAM_IGNORE;
}
