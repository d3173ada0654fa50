// Asks libsasl2, as a mail server does, whether a password is right, with pwcheck_method: saslauthd.
//
//     sasl_checkpass SOCKET SERVICE LOGIN PASSWORD
//
// Prints libsasl's result code: 0 right, -13 wrong, -1 couldn't be found out.
#include <stdio.h>
#include <string.h>

#include <sasl/sasl.h>

static const char *socket_path;

static int option(void *context, const char *plugin, const char *name, const char **value, unsigned *length) {
    (void)context, (void)plugin;
    if (strcmp(name, "pwcheck_method") == 0) *value = "saslauthd";
    else if (strcmp(name, "saslauthd_path") == 0) *value = socket_path;
    else return SASL_FAIL;
    if (length) *length = (unsigned)strlen(*value);
    return SASL_OK;
}

int main(int argc, char **argv) {
    if (argc != 5) return 64;
    socket_path = argv[1];
    sasl_callback_t callbacks[] = {{SASL_CB_GETOPT, (int (*)(void))option, NULL}, {SASL_CB_LIST_END, NULL, NULL}};
    sasl_conn_t *connection = NULL;
    if (sasl_server_init(callbacks, "postern-test") != SASL_OK) return 1;
    if (sasl_server_new(argv[2], "gate.example", NULL, NULL, NULL, NULL, 0, &connection) != SASL_OK) return 1;
    printf("%d\n", sasl_checkpass(connection, argv[3], (unsigned)strlen(argv[3]), argv[4], (unsigned)strlen(argv[4])));
    sasl_dispose(&connection);
    sasl_done();
    return 0;
}
