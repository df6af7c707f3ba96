// Keep-alive load on one loopback port. It knows nothing of MCP: requests.mjs prepares every byte that is sent.
// usage: load PORT CONNECTIONS RATE WARM_SECONDS SECONDS RIGHT SCRIPT WARM_CALLS
// SCRIPT: requests separated by NUL; all but the last open a connection, the last is sent over and over. Its nine characters
// "@number@@" become a new number each time, and its line "mcp-session-id: @session@" the session that the target gave, or goes.
// RATE 0: each connection always has one call in flight. RATE n: n calls a second whatever the answers do, and latency is
// counted from the time at which a call was due. An answer without the text RIGHT is bad. The window opens after WARM_SECONDS and
// WARM_CALLS, so that a target that gets little of a busy machine is warm, too; after 20 s it opens anyway.
// Prints "warm", then one line of JSON, and keeps its connections until standard input ends.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define STEPS 8
#define SUB 128
typedef struct {
  int fd, step, busy;
  uint64_t due;
  char *out, *in, session[256];
  size_t out_length, out_sent, in_length, in_size;
  long number_at;
} Connection;

static char *steps[STEPS], *right;
static size_t step_length[STEPS];
static int last_step, port, wanted, opened, ready, epoll, idle_count, running, measuring;
static Connection *connections, **idle;
static uint64_t number = 100000000, calls, bad, recorded, answers, histogram[64 * SUB];
static double rate;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

// Buckets grow with the value, so that each is at most 0.8 % wide.
static void record(uint64_t ns) {
  int shift = ns < SUB ? 0 : 63 - __builtin_clzll(ns) - 7;
  histogram[ns < SUB ? ns : (uint64_t)(shift + 1) * SUB + ((ns >> shift) - SUB)]++;
  recorded++;
}

static double percentile(double share) {
  uint64_t sum = 0, until = (uint64_t)(share * recorded);
  for (int i = 0; i < 64 * SUB; i++) {
    sum += histogram[i];
    if (sum > until) return (i < SUB ? i : ((double)(i % SUB + SUB) + 0.5) * (double)(1ull << (i / SUB - 1))) / 1e3;
  }
  return 0;
}

static void flush_out(Connection *c) {
  while (c->out_sent < c->out_length) {
    ssize_t n = send(c->fd, c->out + c->out_sent, c->out_length - c->out_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) break;
    c->out_sent += n;
  }
  struct epoll_event e = {EPOLLIN | (c->out_sent < c->out_length ? EPOLLOUT : 0), {.ptr = c}};
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
}

// The request of a step with the session put in.
static void prepare(Connection *c) {
  const char *mark = "mcp-session-id: @session@\r\n", *from = steps[c->step];
  size_t length = step_length[c->step];
  c->out = realloc(c->out, length + 512);
  char *at = memmem(from, length, mark, strlen(mark));
  size_t head = at ? (size_t)(at - from) : length;
  memcpy(c->out, from, head);
  c->out_length = head;
  if (at && c->session[0]) c->out_length += sprintf(c->out + head, "mcp-session-id: %s\r\n", c->session);
  if (at) {
    size_t rest = length - head - strlen(mark);
    memcpy(c->out + c->out_length, at + strlen(mark), rest);
    c->out_length += rest;
  }
  char *digits = memmem(c->out, c->out_length, "@number@@", 9);
  c->number_at = digits ? digits - c->out : -1;
}

static void send_step(Connection *c) {
  if (c->number_at >= 0) {
    char text[24];
    snprintf(text, sizeof text, "%09lu", (unsigned long)(++number % 1000000000));
    memcpy(c->out + c->number_at, text, 9);
  }
  c->busy = 1;
  c->out_sent = 0;
  flush_out(c);
}

static void call(Connection *c, uint64_t due) {
  c->due = due;
  send_step(c);
}

static void dial(Connection *c) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int one = 1;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (void *)&address, sizeof address)) { perror("load: connect"); exit(3); }
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event e = {EPOLLIN, {.ptr = c}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e);
  c->step = 0;
  c->in_length = 0;
  c->session[0] = 0;
  prepare(c);
  if (last_step == 0) { ready++; idle[idle_count++] = c; } else send_step(c);
}

// Length of the whole answer at the front of the buffer, or 0.
static size_t whole(Connection *c) {
  char *end = memmem(c->in, c->in_length, "\r\n\r\n", 4), *field;
  if (!end) return 0;
  size_t head = end + 4 - c->in;
  *end = 0;
  if ((field = strcasestr(c->in, "\ncontent-length:"))) head += strtoul(field + 16, NULL, 10);
  else if (strcasestr(c->in, "\ntransfer-encoding:")) {
    char *at = c->in + head, *limit = c->in + c->in_length;
    for (size_t chunk = 1; chunk;) {
      char *line = memmem(at, limit - at, "\r\n", 2);
      chunk = line ? strtoul(at, NULL, 16) : 0;
      if (!line || (size_t)(limit - line) < chunk + 4) { *end = '\r'; return 0; }
      at = line + 2 + chunk + 2;
    }
    head = at - c->in;
  }
  *end = '\r';
  return c->in_length >= head ? head : 0;
}

static void answered(Connection *c, size_t length, uint64_t at) {
  if (c->step == last_step) {
    int good = memmem(c->in, length, right, strlen(right)) != NULL;
    answers++;
    if (measuring && good) { calls++; record(at - c->due); }
    if (!good && bad++ == 0) fprintf(stderr, "load: bad answer: %.*s\n", (int)(length > 600 ? 600 : length), c->in);
  } else {
    char *end = memmem(c->in, length, "\r\n\r\n", 4), *field;
    *end = 0;
    if ((field = strcasestr(c->in, "\nmcp-session-id: "))) sscanf(field + 17, "%255[^\r\n]", c->session);
    c->step++;
    prepare(c);
  }
  memmove(c->in, c->in + length, c->in_length - length);
  c->in_length -= length;
  c->busy = 0;
  if (c->step < last_step) send_step(c);
  else {
    if (c->due == 0) { ready++; c->due = 1; if (opened < wanted) dial(&connections[opened++]); }
    if (running && rate <= 0) call(c, now()); else idle[idle_count++] = c;
  }
}

static void pump(double seconds) {
  struct pollfd waiting = {epoll, POLLIN, 0};
  struct timespec most = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
  struct epoll_event events[256];
  if (ppoll(&waiting, 1, &most, NULL) <= 0) return;
  int count = epoll_wait(epoll, events, 256, 0);
  for (int i = 0; i < count; i++) {
    Connection *c = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) flush_out(c);
    if (!(events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) continue;
    if (c->in_size - c->in_length < 65536) c->in = realloc(c->in, c->in_size = c->in_size * 2 + 131072);
    ssize_t n = recv(c->fd, c->in + c->in_length, c->in_size - c->in_length - 1, MSG_DONTWAIT);
    if (n <= 0) { fprintf(stderr, "load: the target closed a connection\n"); exit(4); }
    c->in_length += n;
    c->in[c->in_length] = 0;
    for (size_t length; c->busy && c->in_length && (length = whole(c));) answered(c, length, now());
  }
}

int main(int count, char **argument) {
  if (count != 9) return 2;
  port = atoi(argument[1]); wanted = atoi(argument[2]); rate = atof(argument[3]); right = argument[6];
  static char script[4 << 20];
  FILE *file = fopen(argument[7], "rb");
  size_t length = file ? fread(script, 1, sizeof script - 1, file) : 0;
  for (char *at = script; at < script + length && last_step < STEPS; last_step++) {
    steps[last_step] = at; step_length[last_step] = strlen(at); at += strlen(at) + 1;
  }
  last_step--;
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  epoll = epoll_create1(0);
  connections = calloc(wanted, sizeof *connections);
  idle = malloc(sizeof *idle * (wanted + 1));
  while (opened < wanted && (opened < 16 || last_step == 0)) dial(&connections[opened++]);
  for (uint64_t limit = now() + 60000000000ull; ready < wanted; pump(0.2))
    if (now() > limit) { fprintf(stderr, "load: %d of %d connections came up\n", ready, wanted); return 5; }
  uint64_t start = now(), from = start + atof(argument[4]) * 1e9, until = from + atof(argument[5]) * 1e9, due = start, t;
  uint64_t warm_calls = strtoul(argument[8], NULL, 10);
  running = 1;
  while (!measuring || now() < until) {
    t = now();
    if (!measuring && t >= from && (answers >= warm_calls || t - start > 20000000000ull)) {
      measuring = 1; from = t; until = t + atof(argument[5]) * 1e9; puts("warm"); fflush(stdout);
    }
    if (rate <= 0) { while (idle_count) call(idle[--idle_count], now()); pump(0.05); continue; }
    while (due <= t && idle_count) { call(idle[--idle_count], due); due += 1e9 / rate; }
    double wait = due > t ? (due - t) / 1e9 : 0.01;
    pump(wait > 0.05 ? 0.05 : wait);
  }
  printf("{\"calls\":%lu,\"bad\":%lu,\"seconds\":%.3f,\"p50\":%.0f,\"p99\":%.0f}\n", (unsigned long)calls, (unsigned long)bad,
         (now() - from) / 1e9, percentile(0.5), percentile(0.99));
  fflush(stdout);
  for (char byte; read(0, &byte, 1) > 0;);
  return 0;
}
