/// The nouns of the broker. Depends on nothing but the JDK.
module dev.tidings.model {
    requires static transitive org.jspecify;

    exports dev.tidings.model;
    exports dev.tidings.model.naming;
}
