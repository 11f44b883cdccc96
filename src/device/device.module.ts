import { Module } from '@nestjs/common';
import { DeviceActivation } from './device-activation.service.js';
import { DeviceController } from './device.controller.js';
import { DevicePages } from './device.pages.js';
import { DeviceService } from './device.service.js';

/** The page that makes a phone or a browser a push device. */
@Module({ controllers: [DevicePages, DeviceController], providers: [DeviceActivation, DeviceService] })
export class DeviceModule {}
