/* libssh against a door: port, key, login, blob. Prints a verdict as JSON. */
#include <fcntl.h>
#include <libssh/libssh.h>
#include <libssh/sftp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *wanted;
static long size;

static int run(ssh_session session, const char *command) {
    ssh_channel channel = ssh_channel_new(session);
    if (ssh_channel_open_session(channel) || ssh_channel_request_exec(channel, command)) return -1;
    char rest[64];
    while (ssh_channel_read(channel, rest, sizeof rest, 0) > 0) {}
    int status = ssh_channel_get_exit_status(channel);
    ssh_channel_free(channel);
    return status;
}

static int echo(ssh_session session) {
    ssh_channel channel = ssh_channel_new(session);
    if (ssh_channel_open_session(channel) || ssh_channel_request_exec(channel, "cat")) return 0;
    char *got = malloc(size);
    long sent = 0, read = 0;
    while (read < size) {
        if (sent < size) {
            long piece = size - sent < 16384 ? size - sent : 16384;
            int count = ssh_channel_write(channel, wanted + sent, piece);
            if (count < 0) return 0;
            sent += count;
            if (sent == size) ssh_channel_send_eof(channel);
        }
        int count = ssh_channel_read_timeout(channel, got + read, size - read, 0, sent < size ? 1 : 5000);
        if (count < 0 || (count == 0 && sent == size)) break;
        read += count;
    }
    int same = read == size && !memcmp(got, wanted, size);
    ssh_channel_free(channel);
    return same;
}

static int files(ssh_session session) {
    sftp_session sftp = sftp_new(session);
    if (!sftp || sftp_init(sftp)) return 0;
    sftp_file file = sftp_open(sftp, "from-libssh", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (long sent = 0; sent < size;) {
        long piece = size - sent < 16384 ? size - sent : 16384;
        ssize_t count = sftp_write(file, wanted + sent, piece);
        if (count < 0) return 0;
        sent += count;
    }
    sftp_close(file);
    file = sftp_open(sftp, "from-libssh", O_RDONLY, 0);
    char *got = malloc(size);
    long read = 0;
    for (ssize_t count; (count = sftp_read(file, got + read, size - read)) > 0;) read += count;
    sftp_close(file);
    sftp_free(sftp);
    return read == size && !memcmp(got, wanted, size);
}

static int forward(ssh_session session) {
    ssh_channel channel = ssh_channel_new(session);
    if (ssh_channel_open_forward(channel, "localhost", 8888, "127.0.0.1", 1)) return 0;
    const char *question = "GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n";
    ssh_channel_write(channel, question, strlen(question));
    char answer[4096] = {0};
    ssh_channel_read(channel, answer, sizeof answer - 1, 0);
    return strstr(answer, "200 OK") != NULL;
}

int main(int count, char **words) {
    if (count < 5) return 2;
    int port = atoi(words[1]);
    FILE *blob = fopen(words[4], "rb");
    fseek(blob, 0, SEEK_END);
    size = ftell(blob);
    rewind(blob);
    wanted = malloc(size);
    if (fread(wanted, 1, size, blob) != (size_t)size) return 2;
    ssh_session session = ssh_new();
    ssh_options_set(session, SSH_OPTIONS_HOST, "127.0.0.1");
    ssh_options_set(session, SSH_OPTIONS_PORT, &port);
    ssh_options_set(session, SSH_OPTIONS_USER, words[3]);
    int none = 0;
    ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &none);
    ssh_key key;
    if (ssh_connect(session) || ssh_pki_import_privkey_file(words[2], NULL, NULL, NULL, &key)
        || ssh_userauth_publickey(session, NULL, key)) {
        fprintf(stderr, "%s\n", ssh_get_error(session));
        return 1;
    }
    printf("{\"login\":true,\"exec\":%s", run(session, "exit 7") == 7 ? "true" : "false");
    printf(",\"pipe\":%s", echo(session) ? "true" : "false");
    printf(",\"files\":%s", files(session) ? "true" : "false");
    printf(",\"forward\":%s}\n", forward(session) ? "true" : "false");
    ssh_disconnect(session);
    return 0;
}
