package dev.tidings.broker.consuming;

import dev.tidings.model.Caller;
import java.util.concurrent.CompletionStage;

/// Opens consumer instances. May be called by any thread.
public interface Instances {
    /// Opens an instance in the caller's group, and the group where it is new. Refused where the caller is no
    /// consumer (401), asks for a type it was not granted (401), has too many instances or groups (429), or asks
    /// for other settings than its group has (409). Nothing is delivered before the instance is first given
    /// credit or polled.
    CompletionStage<Opened> open(Caller caller, Opening opening, Outlet outlet);
}
