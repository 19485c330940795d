using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ProspectOps.Prospects.Import;

/// <summary>Whether a text that comes in blocks is UTF-8 (RFC 3629) throughout.</summary>
internal sealed class Utf8Validator
{
    // A character cut in two by the end of a block.
    private readonly byte[] _pending = new byte[4];
    private int _pendingLength;
    private bool _isBroken;

    public bool IsValid => !_isBroken && _pendingLength == 0;

    public void Append(ReadOnlySpan<byte> block)
    {
        while (_pendingLength > 0 && !_isBroken && !block.IsEmpty)
        {
            _pending[_pendingLength++] = block[0];
            block = block[1..];
            var status = Rune.DecodeFromUtf8(_pending.AsSpan(0, _pendingLength), out _, out _);
            if (status == OperationStatus.Done)
                _pendingLength = 0;
            else if (status != OperationStatus.NeedMoreData)
                _isBroken = true;
        }
        if (_isBroken || block.IsEmpty)
            return;

        var tail = TailLength(block);
        block[^tail..].CopyTo(_pending);
        _pendingLength = tail;
        _isBroken = !Utf8.IsValid(block[..^tail]);
    }

    /// <summary>Octets at the end that begin a character without ending it.</summary>
    private static int TailLength(ReadOnlySpan<byte> block)
    {
        for (var length = 1; length <= Math.Min(3, block.Length); length++)
        {
            if (block[^length] >= 0xC0)
                return Rune.DecodeFromUtf8(block[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            if (block[^length] < 0x80)
                return 0;
        }
        return 0;
    }
}
