using System.Buffers;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>A request body written into one array from the pool.</summary>
/// <remarks>
/// The array goes back once a response is there. After an exception it does not: a cancelled request may still be reading it, and a
/// lost array costs less than a corrupted request.
/// </remarks>
internal sealed class PooledContent(int capacity) : RequestContent, IBufferWriter<byte>
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_array.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends text that is ASCII: a URL, a header.</summary>
    public void AppendAscii(string text)
    {
        Reserve(text.Length);
        _length += System.Text.Encoding.ASCII.GetBytes(text, _array.AsSpan(_length));
    }

    public void Return()
    {
        var array = _array;
        _array = [];
        _length = 0;
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }

    public override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation) => stream.Write(_array, 0, _length);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellation) =>
        stream.WriteAsync(_array.AsMemory(0, _length), cancellation).AsTask();

    public override void Dispose()
    {
        // Azure.Core disposes of a request on every path; see the remarks.
    }

    private void Reserve(int count)
    {
        var needed = _length + Math.Max(count, 256);
        if (needed <= _array.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _array.Length * 2));
        _array.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
