/// The nouns that every other room speaks in: events, their types, sources and streams; clients and groups;
/// refusals. Everything here is an immutable value; nothing here knows of HTTP, files or threads.
@NullMarked
package dev.tidings.model;

import org.jspecify.annotations.NullMarked;
