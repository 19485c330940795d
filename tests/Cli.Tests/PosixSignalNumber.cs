namespace ProspectOps.Cli.Tests;

internal enum PosixSignalNumber
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
