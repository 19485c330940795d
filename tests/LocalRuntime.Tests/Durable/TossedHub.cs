using System.Collections.Concurrent;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A hub in memory whose partitions two engines toss to each other: as leases do it, and sometimes without the one who loses it knowing.</summary>
internal sealed class TossedHub
{
    private const int Partitions = 2;

    private readonly Lock _gate = new();
    private readonly int[] _owner = new int[Partitions];
    private readonly ConcurrentDictionary<Guid, (int Partition, string InstanceId)> _notes = new();

    public TossedHub() => Sides = [new Side(this, 0), new Side(this, 1)];

    public IReadOnlyList<Side> Sides { get; }

    /// <param name="partition">Goes from its owner to the other one.</param>
    /// <param name="isTold">Whether the old owner knows at once.</param>
    public async Task TossAsync(int partition, bool isTold)
    {
        var (from, to) = (Sides[_owner[partition]], Sides[1 - _owner[partition]]);
        if (isTold)
            from.LetGo(partition);
        lock (_gate)
            _owner[partition] = 1 - _owner[partition];
        await to.TakeAsync(partition);
        if (isTold)
            return;
        from.LetGo(partition);
        // What it has begun before it knew.
        await to.TakeAsync(partition);
    }

    internal sealed class Side(TossedHub hub, int number) : IHubPartitions
    {
        private readonly bool[] _owned = new bool[Partitions];
        private readonly bool[] _taken = new bool[Partitions];
        private volatile bool _isOver;
        private IPartitionHolder? _holder;

        public bool Owns(int partition) => Volatile.Read(ref _owned[partition]);

        public bool IsTaken(int partition) => Volatile.Read(ref _taken[partition]);

        public int Choose(string instanceId) => Array.IndexOf(_owned, true) is var own and >= 0 ? own : 0;

        public async Task JoinAsync(IPartitionHolder holder, CancellationToken cancellationToken)
        {
            _holder = holder;
            if (number == 0)
            {
                for (var partition = 0; partition < Partitions; partition++)
                    await TakeAsync(partition);
            }
        }

        public Task<bool> ConfirmAsync(int partition, CancellationToken cancellationToken)
        {
            bool isOurs;
            lock (hub._gate)
                isOurs = hub._owner[partition] == number;
            if (!isOurs)
                LetGo(partition);
            return Task.FromResult(isOurs && Owns(partition));
        }

        public Task TellOwnerAsync(int partition, string instanceId, CancellationToken cancellationToken)
        {
            var note = Guid.NewGuid();
            hub._notes[note] = (partition, instanceId);
            int owner;
            lock (hub._gate)
                owner = hub._owner[partition];
            _ = hub.Sides[owner].AnswerAsync(note, instanceId);
            return Task.CompletedTask;
        }

        public Task LeaveAsync(bool isAtRest) => Task.CompletedTask;

        public void Abandon() => _isOver = true;

        public void LetGo(int partition)
        {
            Volatile.Write(ref _owned[partition], false);
            Volatile.Write(ref _taken[partition], false);
            _holder!.Drop();
        }

        public async Task TakeAsync(int partition)
        {
            Volatile.Write(ref _owned[partition], true);
            while (!_isOver)
            {
                try
                {
                    await _holder!.TakeAsync(mayLinger: true, CancellationToken.None);
                    break;
                }
                catch (Exception) when (!_isOver)
                {
                    await Task.Delay(1);
                }
            }
            Volatile.Write(ref _taken[partition], true);
            foreach (var (note, about) in hub._notes.Where(note => note.Value.Partition == partition))
                _ = AnswerAsync(note, about.InstanceId);
        }

        private async Task AnswerAsync(Guid note, string instanceId)
        {
            // As the real one: what fails or is not ours stays, for the next look.
            for (var tries = 0; tries < 100 && !_isOver; tries++)
            {
                try
                {
                    if (await _holder!.LookAtAsync(instanceId, CancellationToken.None))
                        hub._notes.TryRemove(note, out _);
                    return;
                }
                catch (Exception) when (!_isOver)
                {
                    await Task.Delay(1);
                }
            }
        }
    }
}
