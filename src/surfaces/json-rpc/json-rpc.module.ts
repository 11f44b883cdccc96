import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AdministratorsGate } from './administrators-gate.js';
import { CallJournal } from './call-journal.js';
import { ManagerGate } from './caller.js';
import { JsonRpcController } from './json-rpc.controller.js';
import { JsonRpcFilter } from './json-rpc.filter.js';
import { ManagerGuard } from './manager.guard.js';
import { ManagerStrategy } from './manager.strategy.js';
import { MethodRunner } from './method-runner.js';
import { PostOnlyGuard } from './post-only.guard.js';
import { RpcDispatcher } from './rpc-dispatcher.js';
import { RpcExit } from './rpc-exit.js';
import { RpcMethodRegistry } from './rpc-method-registry.js';

/**
 * The Manager JSON-RPC surface without business: features add methods with `@RpcMethod`, which are found by themselves.
 * Needs routes that are reachable with and without a slash at the end, and `leaveBodiesToRoutes`.
 */
@Module({
  imports: [DiscoveryModule],
  controllers: [JsonRpcController],
  providers: [
    { provide: ManagerGate, useClass: AdministratorsGate },
    ManagerStrategy,
    ManagerGuard,
    PostOnlyGuard,
    JsonRpcFilter,
    CallJournal,
    RpcExit,
    MethodRunner,
    RpcDispatcher,
    RpcMethodRegistry,
  ],
  exports: [RpcMethodRegistry],
})
export class JsonRpcModule {}
