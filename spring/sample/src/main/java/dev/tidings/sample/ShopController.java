package dev.tidings.sample;

import java.math.BigDecimal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The shop on the web: `curl localhost:8081/orders -H 'content-type: application/json' -d '{"total": 12.5}'`.
@RestController
public class ShopController {
    private final Orders orders;
    private final Payments payments;

    ShopController(Orders orders, Payments payments) {
        this.orders = orders;
        this.payments = payments;
    }

    /// What a customer sends.
    public record Wish(BigDecimal total) {}

    /// Places an order.
    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    public Order place(@RequestBody Wish wish) {
        return orders.place(wish.total());
    }

    /// The payment of an order; 404 where there is none yet.
    @GetMapping("/payments/{order}")
    public ResponseEntity<Order> payment(@PathVariable long order) {
        return ResponseEntity.of(payments.of(order));
    }
}
