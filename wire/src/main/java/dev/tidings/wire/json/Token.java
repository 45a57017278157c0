package dev.tidings.wire.json;

/// What a value is, or that there is none left.
public enum Token {
    OBJECT,
    ARRAY,
    STRING,
    /// A number without fraction and exponent.
    INTEGER,
    /// Any other number.
    DECIMAL,
    TRUE,
    FALSE,
    NULL,
    /// The end of an array.
    END
}
