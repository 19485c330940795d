using ProspectOps.EndToEnd.Tests.Running;

// One app and one Azurite serve the whole run: starting them takes longer than most tests.
[assembly: AssemblyFixture(typeof(Platform))]
// The tests share two cores with the app that they drive: side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
