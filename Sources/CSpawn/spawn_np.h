/* What glibc has in <spawn.h> and shows only to programs that ask for its extensions, which Swift's
   Glibc module does not: since 2.29 and 2.34. */
#ifndef AIOM_SPAWN_NP_H
#define AIOM_SPAWN_NP_H

#include <spawn.h>

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

#endif
