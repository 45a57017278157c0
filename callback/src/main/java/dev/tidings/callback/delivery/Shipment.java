package dev.tidings.callback.delivery;

import dev.tidings.model.Delivery;
import java.util.List;

/// What goes out in one request.
///
/// @param from where it came from, and is settled
record Shipment(Reception from, List<Parcel> parcels) {
    String id() {
        return Parcel.id(parcels);
    }

    List<Delivery> events() {
        return parcels.stream().map(Parcel::delivery).toList();
    }
}
