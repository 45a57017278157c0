/// The commands that talk to a broker over HTTP and WebSocket, with the clients of the JDK: `produce`, `consume`,
/// `apply`; and what every command shares: the [Terminal] it speaks to, its [ExitCode]s, and the one line with
/// which it complains ([Complaint]). Nothing here reads the environment, and nothing ends the process.
@NullMarked
package dev.tidings.cli;

import org.jspecify.annotations.NullMarked;
