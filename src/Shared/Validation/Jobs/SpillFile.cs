using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Validation.Jobs;

/// <summary>Keeps values by number in a file of the system's own, which goes with it: what rows further down repeat must be at hand, and may be more than memory holds.</summary>
internal sealed class SpillFile<T> : IAsyncDisposable
{
    private readonly Dictionary<int, (long Offset, int Length)> _places = [];
    private FileStream? _file;
    private long _end;

    public async ValueTask AddAsync(int number, T value, CancellationToken cancellationToken)
    {
        _file ??= new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, JsonDefaults.Options);
        await RandomAccess.WriteAsync(_file.SafeFileHandle, bytes, _end, cancellationToken);
        _places[number] = (_end, bytes.Length);
        _end += bytes.Length;
    }

    public async ValueTask<T?> FindAsync(int number, CancellationToken cancellationToken)
    {
        if (_file is null || !_places.TryGetValue(number, out var place))
            return default;
        var bytes = new byte[place.Length];
        if (await RandomAccess.ReadAsync(_file.SafeFileHandle, bytes, place.Offset, cancellationToken) != bytes.Length)
            throw new EndOfStreamException("A spilled value is cut off.");
        return JsonSerializer.Deserialize<T>(bytes, JsonDefaults.Options);
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
