/// Tidings in Spring Boot programs: a bus by configuration, and listeners by annotation.
@NullMarked
package dev.tidings.spring;

import org.jspecify.annotations.NullMarked;
