package dev.tidings.engine.segmented.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Numbers in byte arrays, little-endian, and checksums over them.
public final class Packed {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Packed() {}

    public static int intAt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    public static long longAt(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    public static void putInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    public static void putLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    public static int crc(byte[] array, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(array, from, to - from);
        return (int) crc.getValue();
    }
}
