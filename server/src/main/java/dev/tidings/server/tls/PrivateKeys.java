package dev.tidings.server.tls;

import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Private keys in the three forms that tools write: PKCS#8, and the older ones for RSA (PKCS#1) and elliptic
/// curves (SEC 1), which are wrapped into PKCS#8.
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PrivateKeys() {}

    static PrivateKey of(Pem.Block block) throws TlsProblem {
        return switch (block.label()) {
            case "PRIVATE KEY" -> parse(block.der());
            case "RSA PRIVATE KEY" -> parse(pkcs8(RSA, block.der()));
            case "EC PRIVATE KEY" -> parse(pkcs8(curve(block.der()), block.der()));
            case "ENCRYPTED PRIVATE KEY" ->
                throw new TlsProblem(
                        "the key is encrypted; give an unencrypted one, or a PKCS#12 store with a password");
            default -> throw new TlsProblem("'" + block.label() + "' is not a private key");
        };
    }

    private static PrivateKey parse(byte[] pkcs8) throws TlsProblem {
        for (String algorithm : ALGORITHMS) {
            PrivateKey key = parse(algorithm, pkcs8);
            if (key != null) {
                return key;
            }
        }
        throw new TlsProblem("the private key is none of " + ALGORITHMS + ", or damaged");
    }

    private static @Nullable PrivateKey parse(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException | NoSuchAlgorithmException _) {
            return null;
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return der(0x30, VERSION_0, algorithm, der(0x04, key));
    }

    /// The algorithm identifier for the curve that a SEC 1 key names in its parameters (tag 0xA0).
    private static byte[] curve(byte[] key) throws TlsProblem {
        for (int i = 0; i + 3 < key.length; i++) {
            boolean parameters = (key[i] & 0xff) == 0xa0 && key[i + 2] == 0x06 && key[i + 1] == key[i + 3] + 2;
            if (parameters && key[i + 3] > 0 && i + 4 + key[i + 3] <= key.length) {
                byte[] oid = new byte[key[i + 3]];
                System.arraycopy(key, i + 4, oid, 0, oid.length);
                return der(0x30, HexFormat.of().parseHex("06072a8648ce3d0201"), der(0x06, oid));
            }
        }
        throw new TlsProblem("the EC key does not name its curve; convert it with 'openssl pkcs8 -topk8 -nocrypt'");
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        int length = body.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
