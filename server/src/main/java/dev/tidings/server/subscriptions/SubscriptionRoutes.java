package dev.tidings.server.subscriptions;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.subscriptions.SubscriptionStore;
import dev.tidings.server.http.Route;
import java.util.function.Supplier;

/// The routes of subscriptions and groups.
public record SubscriptionRoutes(
        Route list,
        Route create,
        Route show,
        Route replace,
        Route delete,
        Route status,
        Route pause,
        Route resume,
        Route rotate,
        Route listGroups,
        Route deleteGroup) {
    /// @param address where clients reach the server, without a slash at its end; not asked before it listens
    public static SubscriptionRoutes of(SubscriptionParts parts, Catalogs catalogs, Supplier<String> address) {
        SubscriptionStore store = parts.store();
        GroupOwners owners = new GroupOwners(parts, catalogs);
        return new SubscriptionRoutes(
                new ListSubscriptionsRoute(parts),
                new CreateSubscriptionRoute(parts, address),
                new ShowSubscriptionRoute(parts),
                new ChangeSubscriptionRoute(parts, (exchange, wish) -> store.replace(wish.target(), exchange.body())),
                new ChangeSubscriptionRoute(parts, (_, wish) -> store.delete(wish.target())),
                new SubscriptionStatusRoute(parts),
                new ChangeSubscriptionRoute(parts, (_, wish) -> store.pause(wish.target(), wish.reason())),
                new ChangeSubscriptionRoute(parts, (_, wish) -> store.resume(wish.target())),
                new ChangeSubscriptionRoute(parts, (_, wish) -> store.rotate(wish.target(), wish.overlap())),
                new ListGroupsRoute(parts, owners),
                new DeleteGroupRoute(parts, owners));
    }
}
