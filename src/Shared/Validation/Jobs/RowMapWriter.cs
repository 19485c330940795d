namespace ProspectOps.Validation.Jobs;

/// <summary>Writes which rows of a list repeat which: for each row a number in groups of seven bits, 0 for one that is new, else 1 + the ordinal of the new one that it repeats.</summary>
/// <remarks>About a byte a row; so results can be put back into the list's order without holding the list.</remarks>
internal sealed class RowMapWriter(Stream stream) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public async ValueTask AddAsync(int? repeats, CancellationToken cancellationToken)
    {
        if (_length + 5 > _buffer.Length)
            await FlushAsync(cancellationToken);
        var value = repeats is { } ordinal ? (uint)ordinal + 1 : 0;
        for (; value >= 0x80; value >>= 7)
            _buffer[_length++] = (byte)(value | 0x80);
        _buffer[_length++] = (byte)value;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
