/// Consumer instances: opened, fed, confirmed, closed. The face that the server's routes see of groups and lanes.
@NullMarked
package dev.tidings.broker.consuming;

import org.jspecify.annotations.NullMarked;
