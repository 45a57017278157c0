/// JSON Schemas of event types: compiled once, then asked about each event's data. Everything is bounded: what a
/// schema may load (nothing), and how long and how deep it may think.
@NullMarked
package dev.tidings.broker.schemas;

import org.jspecify.annotations.NullMarked;
