// What Swift's Glibc module lacks for an event loop: plain functions and structures,
// no wrappers needed.
#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
