package dev.tidings.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the tests of a class, and its `@BeforeEach` methods, a [TestBroker] of their own and buses to it, as
/// parameters; for one with a catalog see [TidingsExtension].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TidingsExtension.class)
public @interface TidingsTest {}
