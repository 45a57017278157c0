package dev.tidings.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Where it starts.
@SpringBootApplication
public class ShopApplication {
    /// With the arguments of every Spring Boot program.
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
