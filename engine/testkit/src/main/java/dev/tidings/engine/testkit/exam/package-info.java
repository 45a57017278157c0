/// The exam: JUnit classes, one for each noun of the engine's face, whose tests are the promises that every engine
/// keeps. An engine's tests extend them and say, with an [dev.tidings.engine.testkit.exam.Examinee], how their
/// store is opened and how it crashes.
@NullMarked
package dev.tidings.engine.testkit.exam;

import org.jspecify.annotations.NullMarked;
