/// What exists: event types with their schemas and retention, clients with their credentials, grants and quotas.
@NullMarked
package dev.tidings.broker.catalog;

import org.jspecify.annotations.NullMarked;
