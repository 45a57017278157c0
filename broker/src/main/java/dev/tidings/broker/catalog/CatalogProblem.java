package dev.tidings.broker.catalog;

/// One thing that is wrong with a catalog's text.
///
/// @param line   from 1
/// @param column from 1
/// @param path   the keys that lead there, as `clients.shop.produces.types[2]`; empty for the whole text
/// @param reason what was expected, what was found, what to do
public record CatalogProblem(int line, int column, String path, String reason) {
    /// How many problems one reading tells at most.
    public static final int MAX_TOLD = 100;

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
    }
}
