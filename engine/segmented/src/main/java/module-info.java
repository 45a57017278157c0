/// The embedded engine.
module dev.tidings.engine.segmented {
    requires transitive dev.tidings.engine;
    requires transitive dev.tidings.model;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.tidings.engine.segmented;
    exports dev.tidings.engine.segmented.backup;
    exports dev.tidings.engine.segmented.salvage;
    exports dev.tidings.engine.segmented.verify;
}
