/// What the broker asks of a store.
module dev.tidings.engine {
    requires transitive dev.tidings.model;
    requires static transitive org.jspecify;

    exports dev.tidings.engine;
    exports dev.tidings.engine.disk;
}
