namespace ProspectOps.Tenancy;

/// <summary>Something that is counted or noted in memory, and written behind everybody's back.</summary>
public interface IBackgroundWrites
{
    /// <summary>Writes what there is. What could not be written is kept for the next time.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
