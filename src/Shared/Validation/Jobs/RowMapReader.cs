using System.Collections;

namespace ProspectOps.Validation.Jobs;

/// <summary>Reads what <see cref="RowMapWriter"/> wrote.</summary>
internal sealed class RowMapReader(Stream stream) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _position;
    private int _length;

    /// <returns>The ordinal that the next row repeats; null where it is new.</returns>
    /// <exception cref="EndOfStreamException">There are no more rows.</exception>
    public async ValueTask<int?> NextAsync(CancellationToken cancellationToken)
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (_position == _length)
            {
                _length = await stream.ReadAsync(_buffer, cancellationToken);
                _position = 0;
                if (_length == 0)
                    throw new EndOfStreamException("The map has fewer rows than the list.");
            }
            var group = _buffer[_position++];
            value |= (uint)(group & 0x7F) << shift;
            if (group < 0x80)
                return value == 0 ? null : (int)(value - 1);
        }
    }

    /// <summary>Which of the new rows are repeated by others.</summary>
    public async Task<BitArray> RepeatedAsync(long rows, long unique, CancellationToken cancellationToken)
    {
        var repeated = new BitArray((int)unique);
        for (long row = 0; row < rows; row++)
        {
            if (await NextAsync(cancellationToken) is { } ordinal)
                repeated[ordinal] = true;
        }
        return repeated;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
