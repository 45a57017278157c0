/// The Java SDK of Tidings: [Tidings#connect] begins. A [Bus] fires and publishes events; everything that the
/// broker's protocol asks for, it does.
@NullMarked
package dev.tidings.client;

import org.jspecify.annotations.NullMarked;
