// Stands in for postern-worker and says what no worker may say: the file "lie" beside it names what.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FRONT = 3, HEADER = 14, HELLO = 0x48, ACCEPTED = 0xA7, REFUSED = 0x5B, STAYING = 0xE1, BAD_PASSWORD = 1 };

static void send_frame(uint8_t kind, uint8_t version, uint64_t id, const uint8_t *payload, uint32_t length) {
    uint8_t frame[HEADER + 8] = {kind, version};
    for (int i = 0; i < 4; i++) frame[2 + i] = (uint8_t)(length >> (24 - 8 * i));
    for (int i = 0; i < 8; i++) frame[6 + i] = (uint8_t)(id >> (56 - 8 * i));
    memcpy(frame + HEADER, payload, length);
    send(FRONT, frame, HEADER + length, MSG_NOSIGNAL);
}

static void accept_login(uint64_t id) { send_frame(ACCEPTED, 1, id, (const uint8_t[]){STAYING}, 1); }

static void refuse_login(uint64_t id) {
    send_frame(REFUSED, 1, id, (const uint8_t[]){STAYING, BAD_PASSWORD}, 2);
}

static void accept_with_descriptor(uint64_t id) {
    uint8_t frame[HEADER + 1] = {ACCEPTED, 1, 0, 0, 0, 1};
    for (int i = 0; i < 8; i++) frame[6 + i] = (uint8_t)(id >> (56 - 8 * i));
    frame[HEADER] = STAYING;
    union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(int))]; } control = {0};
    struct iovec part = {frame, sizeof frame};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    *(int *)CMSG_DATA(&control.header) = 0;
    sendmsg(FRONT, &message, MSG_NOSIGNAL);
}

static void tell(const char *lie, uint64_t id) {
    static uint8_t much[1 << 17];
    if (!strcmp(lie, "another request")) accept_login(id + 1);
    else if (!strcmp(lie, "twice")) refuse_login(id), accept_login(id);
    else if (!strcmp(lie, "too short")) send(FRONT, (const uint8_t[]){ACCEPTED, 1}, 2, MSG_NOSIGNAL);
    else if (!strcmp(lie, "too long")) memset(much, ACCEPTED, sizeof much), send(FRONT, much, sizeof much, MSG_NOSIGNAL);
    else if (!strcmp(lie, "a boolean")) send_frame(ACCEPTED, 1, id, (const uint8_t[]){1}, 1);
    else if (!strcmp(lie, "another version")) send_frame(ACCEPTED, 2, id, (const uint8_t[]){STAYING}, 1);
    else if (!strcmp(lie, "a descriptor")) accept_with_descriptor(id);
    else if (!strcmp(lie, "text")) send(FRONT, "OK", 2, MSG_NOSIGNAL);
    else if (!strcmp(lie, "flood")) for (int i = 0; i < 100000; i++) accept_login(id + 2 + (uint64_t)i);
    else if (!strcmp(lie, "exit")) exit(0);
}

int main(void) {
    char path[4096], lie[64] = "";
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 8);
    if (length <= 0) return 1;
    path[length] = 0;
    strcpy(strrchr(path, '/') + 1, "lie");
    FILE *file = fopen(path, "r");
    if (!file || !fgets(lie, sizeof lie, file)) return 1;

    fcntl(FRONT, F_SETFL, fcntl(FRONT, F_GETFL) & ~O_NONBLOCK);
    send_frame(HELLO, 1, 0, (const uint8_t *)"", 0);
    // Unasked: the front's ids are unknown to it, so that it guesses.
    if (!strcmp(lie, "unasked")) for (uint64_t id = 0; id < 1000; id++) accept_login(id);
    uint8_t check[16384];
    while (recv(FRONT, check, sizeof check, 0) >= HEADER) {
        uint64_t id = 0;
        for (int i = 0; i < 8; i++) id = id << 8 | check[6 + i];
        tell(lie, id);
    }
    return 0;
}
