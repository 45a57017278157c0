/// Which events a reader wants: filters in the dialects of the CloudEvents Subscriptions specification, and in CEL.
module dev.tidings.filter {
    requires transitive dev.tidings.model;
    requires dev.tidings.wire;
    requires static transitive org.jspecify;

    exports dev.tidings.filter;
}
