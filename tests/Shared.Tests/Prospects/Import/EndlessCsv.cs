using System.Text;

namespace ProspectOps.Tests.Prospects.Import;

/// <summary>A file that is made while it is read, so that only its reader can hold on to it.</summary>
internal sealed class EndlessCsv(byte[] header, long size) : Stream
{
    private byte[] _row = header;
    private int _taken;
    private long _written;
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var filled = 0;
        while (filled < count)
        {
            if (_taken == _row.Length)
            {
                if (_written >= size)
                    break;
                var n = _next++;
                _row = Encoding.UTF8.GetBytes($"person{n}@acme{n % 1000}.example,Person,Number {n},Acme {n % 1000} GmbH,\"Line one of {n}\nand, quoted, \"\"line\"\" two of a note that is somewhat longer than the rest\"\n");
                _taken = 0;
            }
            var length = Math.Min(count - filled, _row.Length - _taken);
            _row.AsSpan(_taken, length).CopyTo(buffer.AsSpan(offset + filled));
            _taken += length;
            filled += length;
        }
        _written += filled;
        return filled;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
