package dev.tidings.server.tls;

/// Whether clients are asked for a certificate.
public enum ClientCertificates {
    /// They are not asked.
    NONE,
    /// They are asked, and may connect without one. One that is presented must be known.
    OPTIONAL,
    /// They cannot connect without a known one.
    REQUIRED
}
