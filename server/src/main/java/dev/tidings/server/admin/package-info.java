/// The endpoints under `/admin`, for clients that the catalog calls administrators.
@NullMarked
package dev.tidings.server.admin;

import org.jspecify.annotations.NullMarked;
