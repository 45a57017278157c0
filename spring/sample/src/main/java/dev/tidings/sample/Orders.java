package dev.tidings.sample;

import dev.tidings.client.Bus;
import java.math.BigDecimal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The orders of the shop.
@Service
public class Orders {
    private final JdbcClient database;
    private final Bus bus;

    Orders(JdbcClient database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /// The event goes out once the order is committed, and not at all where it is not.
    @Transactional
    public Order place(BigDecimal total) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        database.sql("INSERT INTO orders (total) VALUES (?)").param(total).update(key, "number");
        Order order = new Order(key.getKeyAs(Long.class), total);
        bus.fire(bus.event("Shop.Web.Order.Placed")
                .key("order-" + order.order())
                .data(order)
                .build());
        return order;
    }
}
