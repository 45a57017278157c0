/// For tests of programs that use the SDK: a broker of their own, whose clock leaps and whose connections break.
module dev.tidings.testkit {
    requires transitive dev.tidings.client;
    requires transitive io.cloudevents.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires static jsr305;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports dev.tidings.testkit;
}
