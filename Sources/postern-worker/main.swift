// postern-worker [-c FILE] | postern-worker saslauthd FLAGS…
//
// Checks passwords for postern-auth, one at a time: PAM, shadow, getpwent. Started by posternd, with the
// socket to postern-auth as descriptor 3; of no use by hand.
//
// SECURITY
// Started as root it becomes the user of `[run] local` with the group shadow, without any capability. No
// program can be executed, no process forked, and of all sockets only unix ones opened. It sees passwords
// and hashes: memory that we allot for them is locked and wiped, no core is written. A module runs with all
// of these rights and can answer what it likes to the logins that this worker is given.
//
// DIAGNOSTICS
// Faults go to standard error, a line each, never with a login or a password. Exit codes: 0 postern-auth is
// gone, or the worker has grown too large; 1 a step of the start or the conversation failed; 78
// configuration. A check that takes twice the deadline ends the process by SIGKILL.
//
// BUGS
// What a module leaks stays until the worker leaves.

import WorkerRuntime

WorkerProgram.run(arguments: Array(CommandLine.arguments.dropFirst()))
