// The shadow database, which Swift's Glibc module leaves out.
#pragma once
#include <shadow.h>
