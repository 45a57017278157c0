/// The exam every engine passes.
module dev.tidings.engine.testkit {
    requires transitive dev.tidings.engine;
    requires transitive dev.tidings.model;
    requires org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires static transitive org.jspecify;

    exports dev.tidings.engine.testkit;
    exports dev.tidings.engine.testkit.disk;
    exports dev.tidings.engine.testkit.exam;
}
