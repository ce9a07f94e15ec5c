/* What libresolv offers as macros and bit fields, which Swift cannot call: one question about TXT
   records, with its own state, so that threads never share one. */
#ifndef AIOM_CRESOLVER_SHIM_H
#define AIOM_CRESOLVER_SHIM_H

#include <sys/types.h>
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

/* Asks for the TXT records of a whole name, without search lists. Blocks, at most seconds * attempts
   for each name server over UDP; a truncated answer is asked for again over TCP, which has no limit.
   address (IPv4, network order) and port (host order) replace the machine's own servers; 0 and 0 leave
   them. Gives the length of the answer, or -1 with *error: HOST_NOT_FOUND, NO_DATA, TRY_AGAIN,
   NO_RECOVERY. */
static inline int aiom_txt_query(
    const char *name, int seconds, int attempts, unsigned int address, unsigned short port,
    unsigned char *answer, int capacity, int *error)
{
  struct __res_state state;
  memset(&state, 0, sizeof state);
  *error = TRY_AGAIN;
  if (res_ninit(&state) != 0) return -1;
  state.retrans = seconds;
  state.retry = attempts;
  if (port != 0) {
    memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
    state.nsaddr_list[0].sin_family = AF_INET;
    state.nsaddr_list[0].sin_addr.s_addr = address;
    state.nsaddr_list[0].sin_port = htons(port);
    state.nscount = 1;
  }
  int length = res_nquery(&state, name, ns_c_in, ns_t_txt, answer, capacity);
  *error = length < 0 ? state.res_h_errno : 0;
  res_nclose(&state);
  return length > capacity ? capacity : length;
}

#endif
