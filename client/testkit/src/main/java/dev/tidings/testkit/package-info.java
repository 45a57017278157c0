/// For tests of programs that use the SDK: [TidingsExtension] gives each test a [TestBroker] of its own,
/// [TidingsAssertions] says what is to have happened. Where there is no Java 25, [RecordedBus] records a bus inside
/// the process.
@NullMarked
package dev.tidings.testkit;

import org.jspecify.annotations.NullMarked;
