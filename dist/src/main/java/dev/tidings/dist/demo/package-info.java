/// `tidings demo`: a week of earthquakes through a broker, by HTTP, long polling and WebSocket, and what becomes of
/// them on the screen. The demo is a customer of the broker like any other: it uses nothing but its address.
@NullMarked
package dev.tidings.dist.demo;

import org.jspecify.annotations.NullMarked;
