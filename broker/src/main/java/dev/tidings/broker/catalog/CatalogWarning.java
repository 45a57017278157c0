package dev.tidings.broker.catalog;

/// Something in a valid catalog that its author may not have meant.
///
/// @param path   what it is about, as `types.Shop.Web.Order.Place`
/// @param advice what was found and what to do
public record CatalogWarning(String path, String advice) {
    @Override
    public String toString() {
        return path + ": " + advice;
    }
}
