package dev.tidings.cli;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says in words why something failed. The JDK's own messages are often a bare path, or null.
public final class Reasons {
    private Reasons() {}

    public static String of(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + ": there is no such file or directory";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileAlreadyExistsException e -> e.getFile() + ": a file is in the way";
            case NotDirectoryException e -> e.getFile() + ": this is not a directory";
            case FileNotFoundException e -> String.valueOf(e.getMessage());
            case WebSocketHandshakeException e
            when e.getResponse() != null -> "status " + e.getResponse().statusCode();
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException e when e.getCause() instanceof UnresolvedAddressException -> "unknown host";
            case ConnectException e -> e.getMessage() == null ? "connection refused" : e.getMessage();
            case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
            default ->
                failure.getMessage() == null || failure.getMessage().isBlank()
                        ? failure.getClass().getSimpleName()
                        : failure.getMessage().lines().findFirst().orElse("");
        };
    }
}
