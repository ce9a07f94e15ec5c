#ifndef AIOM_CPOSTGRES_SHIM_H
#define AIOM_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

#endif
