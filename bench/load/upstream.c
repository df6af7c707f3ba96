// The cheapest MCP server that answers right, so that what stands in front of it is the bottleneck: one epoll thread.
// usage: upstream PORT ANSWERS
// ANSWERS: method and result in turn, each ended by NUL (answers.mjs writes it). Paths that start with /sse are answered as
// event streams, all others as JSON. Prints "ready".
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

typedef struct { int fd; char *in; size_t length, size; } Connection;
static char answers[4 << 20], *out;
static size_t answers_length;
static unsigned long sessions;

static const char *result_of(const char *method, size_t length) {
  for (char *at = answers; at < answers + answers_length;) {
    char *result = at + strlen(at) + 1;
    if (strlen(at) == length && !memcmp(at, method, length)) return result;
    at = result + strlen(result) + 1;
  }
  return "{}";
}

// Node serialises id and method in front of everything that could contain these names.
static size_t answer(const char *head, const char *body, size_t length) {
  const char *id = memmem(body, length, "\"id\":", 5), *method = memmem(body, length, "\"method\":\"", 10);
  if (memcmp(head, "POST", 4)) return sprintf(out, "HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n");
  if (!id || !method) return sprintf(out, "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
  id += 5;
  method += 10;
  size_t id_length = id[0] == '"' ? strchr(id + 1, '"') + 1 - id : strcspn(id, ",}");
  size_t method_length = strchr(method, '"') - method;
  const char *result = result_of(method, method_length);
  char session[64] = "";
  if (method_length == 10 && !memcmp(method, "initialize", 10)) sprintf(session, "mcp-session-id: session-%lu\r\n", ++sessions);
  size_t text = strlen(result) + id_length + 33;
  int stream = strncmp(head + 5, "/sse", 4) == 0;
  return sprintf(out, "HTTP/1.1 200 OK\r\ncontent-type: %s\r\n%scontent-length: %zu\r\n\r\n%s{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":%s}%s",
                 stream ? "text/event-stream" : "application/json", session, stream ? text + 23 : text,
                 stream ? "event: message\ndata: " : "", (int)id_length, id, result, stream ? "\n\n" : "");
}

// Answers what is whole at the front of the buffer; false when nothing is.
static int one(Connection *c) {
  char *end = memmem(c->in, c->length, "\r\n\r\n", 4), *field;
  if (!end) return 0;
  char *body = end + 4;
  size_t length = 0, used;
  *end = 0;
  int chunked = 0;
  if ((field = strcasestr(c->in, "\ncontent-length:"))) length = strtoul(field + 16, NULL, 10);
  else chunked = strcasestr(c->in, "\ntransfer-encoding:") != NULL;
  *end = '\r';
  used = body - c->in + length;
  if (chunked) {
    // One chunk and the end: what Node sends for a body that was handed over whole.
    char *line = memmem(body, c->in + c->length - body, "\r\n", 2);
    if (!line) return 0;
    length = strtoul(body, NULL, 16);
    body = line + 2;
    used = body - c->in + length + 7;
  }
  if (c->length < used) return 0;
  char kept = body[length];
  body[length] = 0;
  size_t size = answer(c->in, body, length), sent = 0;
  body[length] = kept;
  for (ssize_t n; sent < size && (n = send(c->fd, out + sent, size - sent, MSG_NOSIGNAL)) > 0;) sent += n;
  memmove(c->in, c->in + used, c->length - used);
  c->length -= used;
  return 1;
}

int main(int count, char **argument) {
  if (count != 3) return 2;
  FILE *file = fopen(argument[2], "rb");
  answers_length = file ? fread(answers, 1, sizeof answers - 1, file) : 0;
  out = malloc(sizeof answers);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argument[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int listener = socket(AF_INET, SOCK_STREAM, 0), one_ = 1, epoll = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one_, sizeof one_);
  if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) { perror("upstream"); return 3; }
  struct epoll_event e = {EPOLLIN, {.ptr = NULL}}, events[256];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
  puts("ready");
  fflush(stdout);
  for (;;) {
    int ready = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      Connection *c = events[i].data.ptr;
      if (!c) {
        c = calloc(1, sizeof *c);
        c->fd = accept(listener, NULL, NULL);
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one_, sizeof one_);
        struct epoll_event in = {EPOLLIN, {.ptr = c}};
        epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &in);
        continue;
      }
      if (c->size - c->length < 65536) c->in = realloc(c->in, c->size = c->size * 2 + 131072);
      ssize_t n = recv(c->fd, c->in + c->length, c->size - c->length - 1, MSG_DONTWAIT);
      if (n <= 0) { close(c->fd); free(c->in); free(c); continue; }
      c->length += n;
      c->in[c->length] = 0;
      while (c->length && one(c));
    }
  }
}
